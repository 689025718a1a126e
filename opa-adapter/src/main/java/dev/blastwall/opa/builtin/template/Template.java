package dev.blastwall.opa.builtin.template;

import dev.blastwall.opa.NullValue;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.StringValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.builtin.template.Node.Operand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out a template. A value is a {@link Value}, a Long, a Double, or null for no value. */
public final class Template {
  /** What the surroundings lend: they count what is made, and know {@code printf}. */
  public interface Surroundings {
    /** Counts a step and the octets that it makes. */
    void count(long bytes);

    /**
     * Go's {@code Sprintf}.
     *
     * @param arguments Long, Double, or what else {@link #shown} gives a text for
     */
    String format(String format, List<@Nullable Object> arguments);
  }

  private enum Flow {
    ON,
    CONTINUE,
    BREAK
  }

  private static final class Variable {
    private final String name;
    private @Nullable Object value;

    Variable(String name, @Nullable Object value) {
      this.name = name;
      this.value = value;
    }
  }

  private final Surroundings surroundings;
  private final Functions functions;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Variable> variables = new ArrayDeque<>();

  private Template(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.functions = new Functions(surroundings);
  }

  /**
   * The text of a template for the values of an object.
   *
   * @throws TemplateException when it is none, or cannot be carried out
   */
  public static String render(String text, ObjectValue values, Surroundings surroundings) {
    Template template = new Template(surroundings);
    template.variables.push(new Variable("$", values));
    template.run(Parser.parse(text), values);
    return template.out.toString();
  }

  /** What {@code print} shows of a value. */
  public static String shown(@Nullable Object value) {
    return Printing.shown(value);
  }

  private Flow run(List<Node> nodes, @Nullable Object dot) {
    int outer = variables.size();
    Flow flow = Flow.ON;
    for (int i = 0; i < nodes.size() && flow == Flow.ON; i++) {
      flow = run(nodes.get(i), dot);
    }
    forget(outer);
    return flow;
  }

  private void forget(int outer) {
    while (variables.size() > outer) {
      variables.pop();
    }
  }

  private void print(String text) {
    surroundings.count(text.length());
    out.append(text);
  }

  private Flow run(Node node, @Nullable Object dot) {
    return switch (node) {
      case Node.Text(String text) -> {
        print(text);
        yield Flow.ON;
      }
      case Node.Action(Node.Pipe pipe) -> {
        Object value = evaluate(pipe, dot);
        if (pipe.variables().isEmpty()) {
          print(Printing.top(value));
        }
        yield Flow.ON;
      }
      case Node.Branch branch -> branch(branch, dot);
      case Node.Range range -> range(range, dot);
      case Node.Leave(boolean isBreak) -> isBreak ? Flow.BREAK : Flow.CONTINUE;
    };
  }

  private Flow branch(Node.Branch branch, @Nullable Object dot) {
    int outer = variables.size();
    Object value = evaluate(branch.pipe(), dot);
    Flow flow =
        Functions.isTrue(value)
            ? run(branch.body(), branch.isWith() ? value : dot)
            : run(branch.otherwise(), dot);
    forget(outer);
    return flow;
  }

  private Flow range(Node.Range range, @Nullable Object dot) {
    int outer = variables.size();
    List<String> names = range.pipe().variables();
    Node.Pipe pipe = new Node.Pipe(List.of(), false, range.pipe().commands());
    Elements elements = Elements.of(evaluate(pipe, dot));
    Flow flow = Flow.ON;
    for (int i = 0; i < elements.size() && flow != Flow.BREAK; i++) {
      surroundings.count(8);
      if (!names.isEmpty()) {
        set(names.getLast(), elements.value(i), range.pipe().declares());
      }
      if (names.size() > 1) {
        set(names.getFirst(), elements.key(i), range.pipe().declares());
      }
      flow = run(range.body(), elements.value(i));
      forget(outer);
    }
    return elements.size() == 0 ? run(range.otherwise(), dot) : Flow.ON;
  }

  private void set(String name, @Nullable Object value, boolean declares) {
    if (declares) {
      variables.push(new Variable(name, value));
    } else {
      variable(name).value = value;
    }
  }

  private Variable variable(String name) {
    for (Variable variable : variables) {
      if (variable.name.equals(name)) {
        return variable;
      }
    }
    throw new TemplateException("undefined variable \"" + name + "\"");
  }

  private @Nullable Object evaluate(Node.Pipe pipe, @Nullable Object dot) {
    Object value = null;
    boolean isFirst = true;
    for (List<Operand> command : pipe.commands()) {
      value = command(command, dot, value, isFirst);
      isFirst = false;
    }
    for (String name : pipe.variables()) {
      set(name, value, pipe.declares());
    }
    return value;
  }

  private @Nullable Object command(
      List<Operand> command, @Nullable Object dot, @Nullable Object before, boolean isFirst) {
    Operand first = command.getFirst();
    if (first instanceof Operand.Function(String name)) {
      return call(name, command.subList(1, command.size()), dot, before, isFirst);
    }
    if (command.size() > 1 || !isFirst) {
      throw new TemplateException("can't give argument to non-function");
    }
    if (first.equals(new Operand.Constant(null))) {
      throw new TemplateException("nil is not a command");
    }
    return operand(first, dot);
  }

  private @Nullable Object call(
      String name,
      List<Operand> operands,
      @Nullable Object dot,
      @Nullable Object before,
      boolean isFirst) {
    List<@Nullable Object> arguments = new ArrayList<>();
    for (Operand operand : operands) {
      Object argument = operand(operand, dot);
      boolean decides =
          (name.equals("and") && !Functions.isTrue(argument))
              || (name.equals("or") && Functions.isTrue(argument));
      if (decides) {
        return argument;
      }
      arguments.add(argument);
    }
    if (!isFirst) {
      arguments.add(before);
    }
    return functions.call(name, arguments);
  }

  private @Nullable Object operand(Operand operand, @Nullable Object dot) {
    return switch (operand) {
      case Operand.Constant(Object value) -> value;
      case Operand.Dot() -> dot;
      case Operand.Variable(String name) -> variable(name).value;
      case Operand.Function(String name) -> functions.call(name, List.of());
      case Operand.Inner(Node.Pipe pipe) -> evaluate(pipe, dot);
      case Operand.Fields(Operand of, List<String> names) -> {
        Object value = operand(of, dot);
        for (String name : names) {
          value = field(value, name);
        }
        yield value;
      }
    };
  }

  private static @Nullable Object field(@Nullable Object value, String name) {
    if (value instanceof ObjectValue object) {
      return object.get(new StringValue(name));
    }
    if (value == null || value == NullValue.NULL) {
      return null;
    }
    throw new TemplateException("can't evaluate field " + name);
  }
}
