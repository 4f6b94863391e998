package dev.leat.credentials;

import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Variables that begin with a prefix: the secret {@code prod/shop-pg} is in {@code …PROD_SHOP_PG}.
 */
final class EnvironmentStore implements CredentialStore {
  private final Map<String, String> environment;
  private final String prefix;

  EnvironmentStore(Map<String, String> environment, String prefix) {
    this.environment = environment;
    this.prefix = prefix;
  }

  @Override
  public String describe() {
    return "the environment variables " + prefix + "…";
  }

  @Override
  public Optional<Secret> get(String name) {
    String value = environment.getOrDefault(variable(name), "");
    return value.isEmpty() ? Optional.empty() : Optional.of(new Secret(value));
  }

  @Override
  public void put(String name, Secret value) {
    String variable = variable(name);
    String unused = Credentials.requireValue(value);
    throw readOnly("set it where Leat is started: export " + variable + "=…");
  }

  @Override
  public List<Entry> list() {
    return environment.entrySet().stream()
        .filter(variable -> !variable.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
        .map(name -> name.substring(prefix.length()).toLowerCase(Locale.ROOT))
        .filter(Credentials::isName)
        .sorted()
        .map(name -> new Entry(name, Optional.empty()))
        .toList();
  }

  @Override
  public boolean delete(String name) {
    throw readOnly("unset it where Leat is started: unset " + variable(name));
  }

  private static LeatException readOnly(String fix) {
    return new LeatException(
        Credentials.READ_ONLY, "environment variables cannot be changed by a program", fix);
  }

  private String variable(String name) {
    return prefix
        + Credentials.requireName(name).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  @Override
  public void close() {}
}
