package dev.blastwall.protocol.postgresql;

import java.sql.SQLException;

/** The catalog cannot be read, so nobody knows what a name stands for. */
final class CatalogException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CatalogException(SQLException cause) {
    super(cause.getMessage(), cause);
  }

  CatalogException(String why) {
    super(why);
  }
}
