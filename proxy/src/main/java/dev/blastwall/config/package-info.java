/**
 * What the operator wants. {@code blastwall.yaml} (YAML 1.2) enters, a tree of records with real
 * types leaves, or every problem at once, each with its line and path.
 *
 * <p>A key that nobody reads is a problem: a misspelt restriction must not pass for a default.
 */
@NullMarked
package dev.blastwall.config;

import org.jspecify.annotations.NullMarked;
