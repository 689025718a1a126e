/**
 * JSON Schema, drafts 4, 6 and 7: in comes a schema, out goes what can judge documents, or {@link
 * dev.blastwall.opa.builtin.schema.SchemaException}; in comes a document, out go its violations.
 *
 * <p>Policies see the violations, their order and their words, and OPA has its own of all three
 * ({@code internal/gojsonschema} of OPA 1.22.0): it accepts the keywords of all drafts at once
 * unless {@code $schema} names one, does not hold a schema against its meta-schema, takes patterns
 * for RE2, and of several failed alternatives tells what is wrong with the one that came closest.
 * That is why no validator from elsewhere stands here. What Go leaves to chance, the order of the
 * members of an object, is the sorted order.
 *
 * <p>Known to differ from OPA: a reference to another document is refused wherever it leads, the
 * meta-schemas included; a schema that refers to itself without end is a failure.
 */
@NullMarked
package dev.blastwall.opa.builtin.schema;

import org.jspecify.annotations.NullMarked;
