package dev.leat.ssm;

import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.Credentials;
import dev.leat.spi.plugin.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * A {@code SecureString} parameter for each secret, below a path. The SDK finds the login and tries
 * again what failed for a moment.
 */
final class SsmStore implements CredentialStore {
  /** Of the standard tier, which costs nothing. */
  private static final int LONGEST = 4096;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

  private final SsmSettings settings;
  private final SsmErrors errors;
  private @Nullable SsmClient client;

  SsmStore(SsmSettings settings) {
    this.settings = settings;
    this.errors = new SsmErrors(settings.describe());
  }

  @Override
  public String describe() {
    return settings.describe();
  }

  @Override
  public Optional<Secret> get(String name) {
    String parameter = parameter(name);
    return ask(
        "ssm:GetParameter",
        ssm -> {
          try {
            return Optional.of(
                new Secret(
                    ssm.getParameter(request -> request.name(parameter).withDecryption(true))
                        .parameter()
                        .value()));
          } catch (ParameterNotFoundException _) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void put(String name, Secret value) {
    String parameter = parameter(name);
    String text = Credentials.requireValue(value);
    if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw SsmErrors.tooLong(LONGEST);
    }
    var unused =
        ask(
            "ssm:PutParameter",
            ssm ->
                ssm.putParameter(
                    request -> {
                      request.name(parameter).value(text).overwrite(true);
                      request.type(ParameterType.SECURE_STRING);
                      settings.kmsKey().ifPresent(request::keyId);
                    }));
  }

  @Override
  public List<Entry> list() {
    return ask(
        "ssm:GetParametersByPath",
        ssm -> {
          List<Entry> entries = new ArrayList<>();
          ssm
              .getParametersByPathPaginator(
                  request -> request.path(settings.path()).recursive(true).withDecryption(false))
              .stream()
              .flatMap(page -> page.parameters().stream())
              .forEach(found -> entry(found).ifPresent(entries::add));
          entries.sort(Comparator.comparing(Entry::name));
          return entries;
        });
  }

  /** Empty for a parameter that others put there, with a name that no secret can have. */
  private Optional<Entry> entry(Parameter found) {
    String name = found.name();
    if (!name.startsWith(settings.path())) {
      return Optional.empty();
    }
    return Optional.of(name.substring(settings.path().length()))
        .filter(Credentials::isName)
        .map(own -> new Entry(own, Optional.ofNullable(found.lastModifiedDate())));
  }

  @Override
  public boolean delete(String name) {
    String parameter = parameter(name);
    return ask(
        "ssm:DeleteParameter",
        ssm -> {
          try {
            var unused = ssm.deleteParameter(request -> request.name(parameter));
            return true;
          } catch (ParameterNotFoundException _) {
            return false;
          }
        });
  }

  private String parameter(String name) {
    return settings.path() + Credentials.requireName(name);
  }

  private <T> T ask(String action, Function<SsmClient, T> question) {
    try {
      return question.apply(client());
    } catch (SdkException e) {
      throw errors.map(action, e);
    }
  }

  private SsmClient client() {
    SsmClient open = client;
    if (open == null) {
      SsmClientBuilder builder =
          SsmClient.builder()
              .httpClientBuilder(
                  UrlConnectionHttpClient.builder()
                      .connectionTimeout(LONGEST_WAIT)
                      .socketTimeout(LONGEST_WAIT))
              .overrideConfiguration(overriding -> overriding.apiCallTimeout(LONGEST_CALL));
      settings.region().map(Region::of).ifPresent(builder::region);
      settings.endpoint().ifPresent(builder::endpointOverride);
      open = builder.build();
      client = open;
    }
    return open;
  }

  @Override
  public void close() {
    SsmClient open = client;
    client = null;
    if (open != null) {
      open.close();
    }
  }
}
