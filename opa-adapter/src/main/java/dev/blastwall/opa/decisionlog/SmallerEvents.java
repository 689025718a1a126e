package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import java.io.IOException;
import java.util.List;

/** What becomes of events that are too large: first one part goes, as in OPA, then all content. */
final class SmallerEvents {
  private static final List<LogMask> CACHE =
      List.of(LogMask.remove("/" + EventDocument.ND_BUILTIN_CACHE));

  private SmallerEvents() {}

  static byte[] withoutCache(byte[] event) throws IOException {
    return Json.writeBytes(masked(EventDocument.read(event), CACHE));
  }

  static byte[] withoutContent(byte[] event) throws IOException {
    return Json.writeBytes(masked(EventDocument.read(event), LogMask.everything()));
  }

  static ObjectValue masked(ObjectValue event, List<LogMask> masks) {
    ObjectValue masked = event;
    for (LogMask mask : masks) {
      masked = mask.applyTo(masked);
    }
    return masked;
  }
}
