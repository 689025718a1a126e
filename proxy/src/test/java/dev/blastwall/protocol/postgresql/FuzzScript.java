package dev.blastwall.protocol.postgresql;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the bytes of a fuzzer mean: a rule byte, then steps. A step is one byte below {@link
 * #ACTIONS} (something happens), or a message: its type, two bytes of length, and that much of the
 * rest; type {@link #RAW} stands for bytes that are no message. So changes hit what messages say
 * rather than where they end.
 */
final class FuzzScript {

  static final int ACTIONS = 0x20;
  static final int RAW = 0xFF;
  private static final int MOST_STEPS = 200;

  /** A step. */
  sealed interface Step {
    /** Something happens. */
    record Action(int number) implements Step {}

    /** Somebody says something. */
    record Say(byte[] bytes) implements Step {}
  }

  private FuzzScript() {}

  static int rules(byte[] input) {
    return input.length == 0 ? 0 : input[0];
  }

  static List<Step> steps(byte[] input) {
    List<Step> steps = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(input);
    if (in.hasRemaining()) {
      in.get();
    }
    while (in.hasRemaining() && steps.size() < MOST_STEPS) {
      int type = Byte.toUnsignedInt(in.get());
      steps.add(type < ACTIONS ? new Step.Action(type) : say(type, in));
    }
    return steps;
  }

  private static Step say(int type, ByteBuffer in) {
    int length = in.remaining() < 2 ? 0 : Short.toUnsignedInt(in.getShort());
    byte[] body = new byte[Math.min(length, in.remaining())];
    in.get(body);
    return new Step.Say(type == RAW ? body : RawClient.message((char) type, body));
  }

  /** A seed: the rules, then messages as a protocol writes them or single actions. */
  static byte[] seed(int rules, byte[]... steps) {
    ByteArrayOutputStream seed = new ByteArrayOutputStream();
    seed.write(rules);
    for (byte[] step : steps) {
      if (step.length == 1) {
        seed.writeBytes(step);
      } else {
        compact(seed, step);
      }
    }
    return seed.toByteArray();
  }

  private static void compact(ByteArrayOutputStream seed, byte[] messages) {
    ByteBuffer in = ByteBuffer.wrap(messages);
    while (in.hasRemaining()) {
      seed.write(in.get());
      byte[] body = new byte[in.getInt() - 4];
      in.get(body);
      seed.write(body.length >> 8);
      seed.write(body.length);
      seed.writeBytes(body);
    }
  }

  static byte[] action(int number) {
    return new byte[] {(byte) number};
  }

  static String text(ByteBuffer body) {
    int from = body.position();
    while (body.get() != 0) {}
    return new String(
        body.array(),
        body.arrayOffset() + from,
        body.position() - 1 - from,
        StandardCharsets.UTF_8);
  }
}
