package dev.leat.ssm;

import dev.leat.spi.credential.CredentialStoreConnector;
import dev.leat.spi.plugin.Plugin;
import java.util.List;

/** Secrets in AWS Systems Manager Parameter Store. */
public final class SsmPlugin implements Plugin {
  @Override
  public String name() {
    return "ssm";
  }

  @Override
  public String summary() {
    return "AWS Systems Manager Parameter Store";
  }

  @Override
  public List<CredentialStoreConnector> credentials() {
    return List.of(new SsmConnector());
  }
}
