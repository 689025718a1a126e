package dev.blastwall.api;

import java.util.function.Supplier;

/**
 * What those who operate a gateway may see of it, whoever they are.
 *
 * @param metrics in Prometheus' text format, version 0.0.4
 * @param status OPA's status document, JSON
 */
public record Monitoring(Supplier<String> metrics, Supplier<String> status) {}
