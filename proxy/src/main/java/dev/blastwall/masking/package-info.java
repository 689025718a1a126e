/**
 * How a value is made harmless before a client, a log or a recording sees it.
 *
 * <p>Enters: values as bytes of text and the methods that policy chose. Leaves: the masked bytes.
 * Where a value comes from is not known here: the protocol finds out, policy decides.
 */
@NullMarked
package dev.blastwall.masking;

import org.jspecify.annotations.NullMarked;
