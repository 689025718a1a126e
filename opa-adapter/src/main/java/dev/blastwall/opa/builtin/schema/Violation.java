package dev.blastwall.opa.builtin.schema;

/**
 * One way in which a document breaks its schema.
 *
 * @param field where, as {@code a.0.b}; the document itself is {@code (Root)}
 * @param type of violation, as {@code invalid_type}
 * @param description for people
 */
public record Violation(String field, String type, String description) {}
