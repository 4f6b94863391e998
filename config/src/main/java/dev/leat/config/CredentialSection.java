package dev.leat.config;

import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.CredentialStoreConnector;
import dev.leat.spi.plugin.OptionValues;

/**
 * {@code [credentials]}: where the secrets are that a flow refers to.
 *
 * @param options the connector's
 */
public record CredentialSection(
    CredentialStoreConnector connector, CredentialContext context, OptionValues options) {

  public CredentialStore open() {
    return connector.open(context, options);
  }
}
