@NullMarked
package dev.blastwall.config;

import org.jspecify.annotations.NullMarked;
