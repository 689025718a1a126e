package dev.blastwall.opa.builtin;

import java.math.BigInteger;

/** An argument of {@code sprintf} as Go sees it. */
sealed interface GoArgument {
  /** The name of the type in Go, which messages show. */
  String typeName();

  /** {@code int64}, or {@code *big.Int} if it does not fit. */
  record Whole(BigInteger value) implements GoArgument {
    @Override
    public String typeName() {
      return value.bitLength() < Long.SIZE ? "int64" : "*big.Int";
    }
  }

  /** {@code float64}. */
  record Real(double value) implements GoArgument {
    @Override
    public String typeName() {
      return "float64";
    }
  }

  /** {@code string}, or a type that prints as one. */
  record Text(String value, String typeName) implements GoArgument {
    Text(String value) {
      this(value, "string");
    }
  }
}
