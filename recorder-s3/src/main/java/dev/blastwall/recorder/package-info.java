/** Writes, verifies and replays tamper-evident recordings of sessions. */
@NullMarked
package dev.blastwall.recorder;

import org.jspecify.annotations.NullMarked;
