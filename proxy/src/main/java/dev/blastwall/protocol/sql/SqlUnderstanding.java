package dev.blastwall.protocol.sql;

import dev.blastwall.masking.MaskedForm;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Understands PostgreSQL text. One for the whole gateway; thread-safe. The first text waits until
 * the parser has loaded, a second or two; making this object does not.
 */
public final class SqlUnderstanding implements AutoCloseable {

  /** Long enough for the parser to load on a busy machine. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int CACHED_TEMPLATES = 4096;
  private static final int CACHED_TEXTS = 1024;
  private static final int CACHED_FAILURES = 256;

  private static final Reading UNKNOWN_STRINGS =
      Reading.unreadable("where its strings end is not known with standard_conforming_strings off");

  private final ReaderPool readers;
  private final ReadingCache byTemplate = new ReadingCache(CACHED_TEMPLATES);
  private final ReadingCache byText = new ReadingCache(CACHED_TEXTS);

  /** Apart, so that a flood of broken texts pushes out nothing else. Its words are of one text. */
  private final ReadingCache unreadable = new ReadingCache(CACHED_FAILURES);

  private final ThreadLocal<Template> templates = ThreadLocal.withInitial(Template::new);

  /**
   * Starts to load the parser in the background.
   *
   * @param workers how many texts are read at a time; each costs about 10 MB
   */
  public SqlUnderstanding(int workers) {
    readers = new ReaderPool(workers, TIMEOUT);
  }

  /**
   * Understands {@code text}. Fails closed: overload, time-out and faults give an answer of
   * understanding {@code none} with a {@link Understood#problem problem}.
   *
   * @param text the text exactly as the client sent it, decoded from UTF-8
   * @param loop where {@code then} runs if the answer is not known at once
   * @param then gets the answer exactly once, perhaps before this method returns
   */
  public void understand(String text, Executor loop, Consumer<Understood> then) {
    Template template = templates.get();
    boolean shared = template.find(text);
    if (!shared && text.length() > Template.MAXIMUM_LENGTH) {
      readers.read(text, reading -> answer(text, reading, false, loop, then));
      return;
    }
    ReadingCache cache = shared ? byTemplate : byText;
    char[] key = shared ? template.key() : text.toCharArray();
    int length = shared ? template.length() : key.length;
    Reading known = cache.get(key, length);
    if (known == null) {
      known = unreadable.get(text.toCharArray(), text.length());
    }
    if (known == null) {
      char[] copy = Arrays.copyOf(key, length);
      readers.read(
          text,
          reading -> {
            keep(cache, copy, text, reading);
            answer(text, reading, shared, loop, then);
          });
    } else {
      then.accept(understood(text, known, shared));
    }
  }

  /**
   * As {@link #understand(String, Executor, Consumer)}, for a text that the server reads with
   * {@code standard_conforming_strings = off}. What it means is said in the words of {@code on}, in
   * {@link Understood#text} too, so that no two meanings have one text.
   */
  public void understandWithBackslashes(String text, Executor loop, Consumer<Understood> then) {
    String standard = BackslashStrings.standard(text);
    if (standard == null) {
      then.accept(new Understood(text, UNKNOWN_STRINGS, false));
    } else {
      understand(standard, loop, then);
    }
  }

  private static void answer(
      String text, Reading reading, boolean shared, Executor loop, Consumer<Understood> then) {
    loop.execute(() -> then.accept(understood(text, reading, shared)));
  }

  /** The gateway's own failures are not kept; those of a text, under the text that they quote. */
  private void keep(ReadingCache cache, char[] key, String text, Reading reading) {
    if (reading.problem() == null) {
      cache.put(key, reading);
    } else if (reading.ofTheText()) {
      unreadable.put(text.toCharArray(), reading);
    }
  }

  /** The literals of a template are not those of the text that was read for it. */
  private static Understood understood(String text, Reading reading, boolean shared) {
    boolean masked =
        shared ? reading.writes() && MaskedForm.appearsIn(text) : reading.maskedLiterals();
    return new Understood(
        text, reading, masked || reading.writes() && MaskedForm.wasIssuedIn(text));
  }

  @Override
  public void close() {
    readers.close();
  }
}
