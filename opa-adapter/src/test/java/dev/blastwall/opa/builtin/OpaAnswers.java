package dev.blastwall.opa.builtin;

import dev.blastwall.opa.ArrayValue;
import dev.blastwall.opa.Json;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls of built-ins, answered by the real OPA in one process for all of them. */
final class OpaAnswers {
  /** A call of a built-in by its name. */
  record Call(String name, List<Value> arguments) {
    Call(String name, Value... arguments) {
      this(name, List.of(arguments));
    }

    /** Our own answer; null if it is undefined. */
    @Nullable Value answer() {
      try {
        return new Calls().call(name, arguments.stream().map(Json::write).toArray(String[]::new));
      } catch (BuiltinFailure e) {
        return null;
      }
    }
  }

  private OpaAnswers() {}

  /** The answers in the order of the calls; null where one is undefined. */
  static List<@Nullable Value> to(Path folder, List<Call> calls)
      throws IOException, InterruptedException {
    ArrayValue data = new ArrayValue(calls.size());
    calls.forEach(call ->
        data.add(
            new ObjectValue(2)
                .put("name", call.name())
                .put("arguments", ArrayValue.of(call.arguments()))));
    Files.write(
        folder.resolve("data.json"), Json.writeBytes(new ObjectValue(1).put("calls", data)));
    Files.writeString(folder.resolve("policy.rego"), policy(calls));
    ObjectValue answers = (ObjectValue) evaluate(folder);
    List<@Nullable Value> inOrder = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      inOrder.add(answers.get(Integer.toString(i)));
    }
    return inOrder;
  }

  private static String policy(List<Call> calls) {
    StringBuilder policy = new StringBuilder("package asked\n");
    for (String name : new TreeSet<>(calls.stream().map(Call::name).toList())) {
      Call call = first(calls, name);
      String arguments =
          IntStream.range(0, call.arguments().size())
              .mapToObj(i -> "call.arguments[" + i + "]")
              .collect(Collectors.joining(", "));
      policy
          .append("\nanswers[i] := ")
          .append(call.name())
          .append('(')
          .append(arguments)
          .append(") if {\n  some i, call in data.calls\n  call.name == \"")
          .append(call.name())
          .append("\"\n}\n");
    }
    return policy.toString();
  }

  private static Call first(List<Call> calls, String name) {
    return calls.stream().filter(call -> call.name().equals(name)).findFirst().orElseThrow();
  }

  private static Value evaluate(Path folder) throws IOException, InterruptedException {
    String tool = run(folder.resolve("tool"), Path.of(""), "../ci/opa").strip();
    String answers =
        run(
            folder.resolve("answers"),
            folder,
            tool,
            "eval",
            "-d",
            "data.json",
            "-d",
            "policy.rego",
            "data.asked.answers");
    Value result = ((ObjectValue) Json.read(answers)).get("result");
    ObjectValue first = (ObjectValue) ((ArrayValue) Objects.requireNonNull(result)).get(0);
    ArrayValue expressions = (ArrayValue) Objects.requireNonNull(first.get("expressions"));
    return Objects.requireNonNull(((ObjectValue) expressions.get(0)).get("value"));
  }

  private static String run(Path output, Path folder, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toAbsolutePath().toFile())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + " failed: " + Files.readString(output));
    }
    return Files.readString(output);
  }
}
