package dev.blastwall.protocol.postgresql;

import dev.blastwall.command.ResultColumn;
import dev.blastwall.masking.Mask;
import dev.blastwall.masking.MaskPlan;
import dev.blastwall.protocol.Description;
import dev.blastwall.protocol.SessionGate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps values out of what NOTIFY carries (manual, "Asynchronous Operations"). Its payload may be
 * anything, so policy sees it as a column of which nothing is known.
 */
final class NotificationMasking {

  /**
   * A notification.
   *
   * @param process the backend that sent it
   * @param channel what it was sent to
   * @param payload its text
   */
  record Notification(int process, String channel, String payload) {

    static Notification read(Body body) {
      Notification notification = new Notification(body.int32(), body.text(), body.text());
      body.end();
      return notification;
    }

    Notification with(@Nullable String shown) {
      return new Notification(process, channel, shown == null ? "" : shown);
    }
  }

  private static final List<ResultColumn> PAYLOAD =
      List.of(new ResultColumn("payload", "text", List.of(), false, false));

  private final SessionGate gate;

  NotificationMasking(SessionGate gate) {
    this.gate = gate;
  }

  /**
   * Masks a notification.
   *
   * @param judged the command that ran last; without one, nobody listens
   * @param then gets what to show on the event loop, perhaps before this method returns
   */
  void mask(Notification notification, @Nullable Judged judged, Consumer<Notification> then) {
    if (judged == null || notification.payload().isEmpty()) {
      then.accept(notification.with(null));
      return;
    }
    gate.describe(
        judged.forward(),
        PAYLOAD,
        description -> then.accept(notification.with(shown(description, notification.payload()))));
  }

  private static @Nullable String shown(Description description, String payload) {
    return switch (description) {
      case Description.Withheld withheld -> null;
      case Description.Shown(MaskPlan plan) -> shown(plan, payload);
    };
  }

  private static @Nullable String shown(MaskPlan plan, String payload) {
    Mask mask = plan.column(0);
    if (mask != null) {
      return mask.apply(payload);
    }
    byte[] detected = plan.detect(payload.getBytes(StandardCharsets.UTF_8));
    return detected == null ? null : new String(detected, StandardCharsets.UTF_8);
  }
}
