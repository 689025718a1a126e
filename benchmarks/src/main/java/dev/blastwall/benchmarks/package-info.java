/**
 * What one step of the data path costs, by JMH. What enters is what the step gets when {@code
 * pgbench -S} runs through the gateway; what leaves stands in {@code RESULTS.md}. The decoder's
 * benchmark stands in the decoder's own package, which keeps the decoder to itself.
 */
@NullMarked
package dev.blastwall.benchmarks;

import org.jspecify.annotations.NullMarked;
