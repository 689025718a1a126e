package dev.blastwall.protocol.sql.resolve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the names of a statement stand for. */
public interface Names {

  /**
   * Every relation that a name may mean; none when nothing of that name is known.
   *
   * @param schema as the text qualifies it, or null: then that of any schema may be meant
   */
  List<KnownRelation> relations(@Nullable String schema, String name);

  /** The functions of that name, qualified, that are not the server's own. */
  List<String> functions(String name);

  /**
   * Those of them that a call in the words of one of the server's own functions may run instead.
   * The functions of an extension are as good as the server's own.
   */
  List<String> overloads(String name);

  /**
   * What a call does by the code of a function that is not the server's own; functions that it
   * calls are named, not followed.
   *
   * @param function lower case, qualified or not; all of that name are meant
   */
  Behind code(String function);

  /** The functions, qualified, that run where a text has an operator or a cast. */
  List<String> operators();

  /** Whether operators or casts, which no text names as functions, may run somebody's code. */
  boolean operatorsRunCode();
}
