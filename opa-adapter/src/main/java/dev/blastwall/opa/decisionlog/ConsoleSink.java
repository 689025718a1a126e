package dev.blastwall.opa.decisionlog;

import dev.blastwall.opa.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writes events among what else a program logs, so that each line says what it is. */
record ConsoleSink(OutputStream stream) implements DecisionSink {
  private static final String TYPE = "openpolicyagent.org/decision_logs";

  @Override
  public void write(List<byte[]> events) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (byte[] event : events) {
      lines.add(line(event));
    }
    stream.write(Lines.join(lines));
    stream.flush();
  }

  private static byte[] line(byte[] event) throws IOException {
    return Json.writeBytes(
        EventDocument.read(event)
            .put("level", "info")
            .put("msg", "Decision Log")
            .put("type", TYPE));
  }
}
