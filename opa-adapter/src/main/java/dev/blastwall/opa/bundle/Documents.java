package dev.blastwall.opa.bundle;

import dev.blastwall.opa.BundleException;
import dev.blastwall.opa.ObjectValue;
import dev.blastwall.opa.Value;
import dev.blastwall.opa.protobuf.MessageReader;
import dev.blastwall.opa.protobuf.MessageType;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads the JSON, YAML and protobuf of one bundle, within the tokens that it may have. */
final class Documents {
  private long tokensLeft;

  Documents(long tokens) {
    this.tokensLeft = tokens;
  }

  Value json(String file, InputStream content) throws BundleException, IOException {
    try (DocumentParser parser = new DocumentParser(content, tokensLeft)) {
      Value value = parser.document();
      tokensLeft -= parser.tokens();
      return value;
    } catch (LimitedStream.Exceeded | EOFException | ZipException e) {
      // It is the archive that is wrong, not the file.
      throw e;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  Value yaml(String file, InputStream content) throws BundleException, IOException {
    byte[] text = content.readAllBytes();
    try {
      // As OPA does, and it keeps the numbers as they are written.
      return json(file, new ByteArrayInputStream(text));
    } catch (BundleException notJson) {
      return yaml(file, text);
    }
  }

  private Value yaml(String file, byte[] text) throws BundleException {
    // A token takes at least two bytes of YAML, and the text is in memory anyway.
    tokensLeft -= text.length / 2;
    if (tokensLeft < 0) {
      throw new BundleException(
          BundleArchive.shown(file) + " is too large for YAML; opa build turns it into data.json");
    }
    try {
      return Yaml.read(text);
    } catch (YamlEngineException e) {
      throw unreadable(file, e);
    }
  }

  ObjectValue message(String file, MessageType type, InputStream content)
      throws BundleException, IOException {
    MessageReader reader = new MessageReader(content.readAllBytes(), tokensLeft);
    try {
      ObjectValue message = reader.read(type);
      tokensLeft -= reader.tokens();
      return message;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  ObjectValue object(String file, InputStream content) throws BundleException, IOException {
    return object(file, json(file, content));
  }

  static ObjectValue object(String file, Value value) throws BundleException {
    if (value instanceof ObjectValue object) {
      return object;
    }
    throw new BundleException(BundleArchive.shown(file) + " must hold an object");
  }

  static BundleException unreadable(String file, Exception cause) {
    return new BundleException(
        BundleArchive.shown(file) + " cannot be read: " + cause.getMessage() + "; correct it",
        cause);
  }
}
