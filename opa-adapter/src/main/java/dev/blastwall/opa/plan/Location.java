package dev.blastwall.opa.plan;

/**
 * Where something stands in the Rego that was compiled.
 *
 * @param file as the build named it
 * @param row from 1
 */
public record Location(String file, int row) {}
