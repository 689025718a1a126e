/**
 * GraphQL documents (specification of October 2021): in comes a text, out goes its syntax tree as
 * OPA shows it to policies, or {@link dev.blastwall.opa.builtin.graphql.GraphqlException}.
 *
 * <p>The shape of the tree and the words of failures are those of {@code vektah/gqlparser} 2.5,
 * less what OPA takes out: positions, nulls, and what is empty.
 */
@NullMarked
package dev.blastwall.opa.builtin.graphql;

import org.jspecify.annotations.NullMarked;
