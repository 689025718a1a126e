package dev.blastwall.opa.builtin.template;

import dev.blastwall.opa.builtin.template.Node.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the structure of a template. */
final class Parser {
  private static final int MAX_DEPTH = 100;
  private static final Set<String> ENDS = Set.of("end", "else");

  private final List<Lexer.Piece> pieces;
  private int at;
  private int depth;
  private int loops;

  private Parser(List<Lexer.Piece> pieces) {
    this.pieces = pieces;
  }

  static List<Node> parse(String template) {
    Parser parser = new Parser(Lexer.pieces(template));
    List<Node> nodes = parser.list();
    if (parser.at < parser.pieces.size()) {
      throw new TemplateException("unexpected {{" + parser.keyword() + "}}");
    }
    return nodes;
  }

  private String keyword() {
    List<String> words = pieces.get(at).words();
    return words.stream().filter(word -> !word.isBlank()).findFirst().orElse("");
  }

  /** Up to an end or else, which stays. */
  private List<Node> list() {
    List<Node> nodes = new ArrayList<>();
    while (at < pieces.size() && !ENDS.contains(keyword())) {
      nodes.add(node());
    }
    return nodes;
  }

  private Node node() {
    Lexer.Piece piece = pieces.get(at);
    if (piece.words().isEmpty()) {
      at++;
      return new Node.Text(piece.text());
    }
    return switch (keyword()) {
      case "if", "with" -> branch(new Words(piece.words()));
      case "range" -> range(new Words(piece.words()));
      case "break", "continue" -> leave();
      case "define", "template", "block" ->
          throw new TemplateException(keyword() + " is not supported");
      default -> {
        at++;
        Words words = new Words(piece.words());
        yield new Node.Action(words.whole(false));
      }
    };
  }

  private Node leave() {
    if (loops == 0) {
      throw new TemplateException("{{" + keyword() + "}} outside {{range}}");
    }
    boolean isBreak = keyword().equals("break");
    at++;
    return new Node.Leave(isBreak);
  }

  private Node branch(Words words) {
    String kind = words.next();
    Node.Pipe pipe = words.whole(false);
    at++;
    deeper();
    List<Node> body = list();
    List<Node> otherwise = otherwise(kind);
    depth--;
    return new Node.Branch(kind.equals("with"), pipe, body, otherwise);
  }

  private void deeper() {
    if (++depth > MAX_DEPTH) {
      throw new TemplateException("the template nests too deep");
    }
  }

  private Node range(Words words) {
    words.next();
    Node.Pipe pipe = words.whole(true);
    at++;
    deeper();
    loops++;
    List<Node> body = list();
    loops--;
    List<Node> otherwise = otherwise("");
    depth--;
    return new Node.Range(pipe, body, otherwise);
  }

  /**
   * What follows an else, and the end; an {@code else if} shares its end.
   *
   * @param chained the word that may stand behind the else
   */
  private List<Node> otherwise(String chained) {
    if (at == pieces.size()) {
      throw new TemplateException("unexpected EOF");
    }
    if (keyword().equals("end")) {
      at++;
      return List.of();
    }
    Words words = new Words(pieces.get(at).words());
    words.next();
    if (words.hasNext()) {
      if (!words.peek().equals(chained)) {
        throw new TemplateException("unexpected text in else");
      }
      return List.of(branch(words));
    }
    at++;
    List<Node> otherwise = list();
    if (at == pieces.size() || !keyword().equals("end")) {
      throw new TemplateException("expected end; found else");
    }
    at++;
    return otherwise;
  }

  /** The words of one action. */
  private final class Words {
    private final List<String> words;
    private int next;

    Words(List<String> words) {
      this.words = words;
      skipSpace();
    }

    private void skipSpace() {
      while (next < words.size() && words.get(next).isBlank()) {
        next++;
      }
    }

    boolean hasNext() {
      return next < words.size();
    }

    String peek() {
      return hasNext() ? words.get(next) : "";
    }

    String next() {
      String word = words.get(next++);
      skipSpace();
      return word;
    }

    Node.Pipe whole(boolean isRange) {
      Node.Pipe pipe = pipe(isRange);
      if (hasNext()) {
        throw new TemplateException("unexpected <" + peek() + "> in command");
      }
      return pipe;
    }

    private Node.Pipe pipe(boolean isRange) {
      int start = next;
      List<String> variables = new ArrayList<>();
      while (peek().startsWith("$")) {
        variables.add(next());
        if (!isRange || !peek().equals(",")) {
          break;
        }
        next();
      }
      boolean assigns = peek().equals(":=") || peek().equals("=");
      boolean declares = peek().equals(":=");
      if (assigns && !variables.isEmpty()) {
        next();
      } else {
        next = start;
        variables.clear();
      }
      List<List<Operand>> commands = new ArrayList<>();
      commands.add(command());
      while (peek().equals("|")) {
        next();
        commands.add(command());
      }
      return new Node.Pipe(variables, declares, commands);
    }

    private List<Operand> command() {
      List<Operand> operands = new ArrayList<>();
      while (hasNext() && !peek().equals("|") && !peek().equals(")")) {
        operands.add(operand());
        skipSpace();
      }
      if (operands.isEmpty()) {
        throw new TemplateException("missing value for command");
      }
      return operands;
    }

    private Operand operand() {
      Operand operand = simple();
      List<String> fields = new ArrayList<>();
      // Without a space before it, a field belongs to the operand.
      while (hasNext() && words.get(next).length() > 1 && words.get(next).startsWith(".")) {
        fields.add(words.get(next++).substring(1));
      }
      return fields.isEmpty() ? operand : new Operand.Fields(operand, fields);
    }

    private Operand simple() {
      String word = words.get(next++);
      if (word.equals("(")) {
        deeper();
        skipSpace();
        Operand inner = new Operand.Inner(pipe(false));
        depth--;
        if (!peek().equals(")")) {
          throw new TemplateException("unclosed left paren");
        }
        next++;
        return inner;
      }
      if (word.length() > 1 && word.startsWith(".")) {
        next--;
        return new Operand.Dot();
      }
      return switch (word) {
        case "." -> new Operand.Dot();
        case "nil" -> new Operand.Constant(null);
        default -> word.startsWith("$") ? new Operand.Variable(word) : Constants.operand(word);
      };
    }
  }
}
