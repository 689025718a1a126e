@NullMarked
package dev.blastwall.demo;

import org.jspecify.annotations.NullMarked;
