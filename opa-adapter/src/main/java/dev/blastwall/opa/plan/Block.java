package dev.blastwall.opa.plan;

import java.util.List;

/** Statements that run in turn; the first one that is undefined ends the block. */
public record Block(List<Statement> statements) {
  public Block {
    statements = List.copyOf(statements);
  }
}
