package dev.blastwall.recorder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The PEM armour of RFC 7468 around one object. */
final class Pem {

  private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  static String encode(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, ENCODER.encodeToString(der), label);
  }

  static byte[] read(Path file, String label) throws IOException {
    var text = Files.readString(file).strip();
    var begin = "-----BEGIN " + label + "-----";
    var end = "-----END " + label + "-----";
    if (!text.startsWith(begin) || !text.endsWith(end)) {
      throw new IOException(file + " is not a PEM file with one " + label);
    }
    try {
      return Base64.getMimeDecoder()
          .decode(text.substring(begin.length(), text.length() - end.length()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is not a PEM file with one " + label, e);
    }
  }
}
