package dev.leat.spi.credential;

import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionValues;
import java.util.List;

/** Opens credential stores of one kind. */
public interface CredentialStoreConnector {

  /** What stands in {@code [credentials] type}: lower-case letters, digits and underscores. */
  String type();

  /** The keys that {@code [credentials]} may have besides {@code type}. */
  List<Option> options();

  /**
   * Opens a store. One that does not exist yet is empty; it is made by the first value that is put
   * there.
   *
   * @param options the section's values
   */
  CredentialStore open(CredentialContext context, OptionValues options);
}
