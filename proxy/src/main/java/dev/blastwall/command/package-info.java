/**
 * What was asked, by whom, of what: the immutable description that every protocol makes of its
 * bytes and that everything behind it (policy, approval, recording) speaks of.
 *
 * <p>Enters: facts that a protocol decoded and an identity that was proved. Leaves: records;
 * nothing here acts. Knows only the JDK.
 */
@NullMarked
package dev.blastwall.command;

import org.jspecify.annotations.NullMarked;
