/** The gateway. */
@NullMarked
package dev.blastwall;

import org.jspecify.annotations.NullMarked;
