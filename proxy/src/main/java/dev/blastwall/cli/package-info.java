/**
 * The command line: {@code blastwall serve}, {@code demo}, {@code approvals}, {@code sessions}.
 *
 * <p>Enters: arguments. Leaves: text for people, and an exit code: 0 done, 1 a finding or a no, 2
 * wrong use or wrong configuration.
 */
@NullMarked
package dev.blastwall.cli;

import org.jspecify.annotations.NullMarked;
