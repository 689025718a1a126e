package dev.blastwall.opa.builtin;

import dev.blastwall.opa.NumberValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.template.Template;
import dev.blastwall.opa.builtin.template.TemplateException;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code strings.render_template}. */
final class Templates {
  private Templates() {}

  static void register(Builtins.Registry registry) {
    registry.binary(
        "strings.render_template",
        (context, template, values) -> {
          String text = Operands.string(template, 1);
          try {
            String rendered =
                Template.render(text, Operands.object(values, 2), surroundings(context));
            return Value.of(rendered.replace("<no value>", "<undefined>"));
          } catch (TemplateException e) {
            throw BuiltinFailure.failed(String.valueOf(e.getMessage()));
          }
        });
  }

  private static Template.Surroundings surroundings(EvaluationContext context) {
    return new Template.Surroundings() {
      @Override
      public void count(long bytes) {
        context.tick();
        context.allocate(bytes);
      }

      @Override
      public String format(String format, List<@Nullable Object> arguments) {
        return new GoFormat(format, arguments.stream().map(Templates::argument).toList()).format();
      }
    };
  }

  private static GoArgument argument(@Nullable Object value) {
    return switch (value) {
      case Long number -> new GoArgument.Whole(BigInteger.valueOf(number));
      case Double number -> new GoArgument.Real(number);
      case NumberValue number -> new GoArgument.Text(number.toString(), "json.Number");
      case null, default -> new GoArgument.Text(Template.shown(value));
    };
  }
}
