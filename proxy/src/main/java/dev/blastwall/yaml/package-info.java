/**
 * Files in YAML that people write, read strictly.
 *
 * <p>Enters: a file. Leaves: values with types, or every problem at once, each with its line and
 * path; a key that nobody knows is a problem.
 */
@NullMarked
package dev.blastwall.yaml;

import org.jspecify.annotations.NullMarked;
