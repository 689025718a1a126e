package dev.blastwall.recorder;

/** The three kinds of entries in a session's chain; the code is the byte in the file. */
enum EntryKind {
  BEGIN(1),
  RECORD(2),
  END(3);

  private final int code;

  EntryKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static EntryKind of(int code) {
    for (var kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown kind of entry " + code);
  }
}
