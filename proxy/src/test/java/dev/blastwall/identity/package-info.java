@NullMarked
package dev.blastwall.identity;

import org.jspecify.annotations.NullMarked;
