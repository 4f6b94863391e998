package dev.leat.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.error.ErrorCategory;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OptionValues;
import dev.leat.spi.plugin.Secret;
import dev.leat.testkit.contract.CredentialStoreContract;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over HTTP against a server that speaks the protocol of Parameter Store. */
final class SsmStoreIT implements CredentialStoreContract {
  private SsmServer server;

  @BeforeAll
  static void logIn() {
    System.setProperty("aws.accessKeyId", "AKIDTEST");
    System.setProperty("aws.secretAccessKey", "not-a-secret");
  }

  @AfterAll
  static void logOut() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void start() throws IOException {
    server = new SsmServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  public CredentialStore open() {
    return open(Map.of());
  }

  private CredentialStore open(Map<String, Object> more) {
    Map<String, Object> options = new HashMap<>();
    options.put("region", "eu-central-1");
    options.put("endpoint", server.endpoint());
    options.putAll(more);
    return new SsmConnector().open(CredentialContext.of(Map.of()), new OptionValues(options));
  }

  @Test
  void putsEncryptedParametersBelowThePathAndSignsWhatItSends() {
    try (CredentialStore store = open(Map.of("path", "/prod/leat", "kms_key", "alias/leat"))) {
      store.put("shop/pg", new Secret("hunter2"));
    }

    SsmServer.Request put = server.requests().getLast();
    JsonNode body = put.body();
    assertThat(body.path("Name").asText()).isEqualTo("/prod/leat/shop/pg");
    assertThat(body.path("Type").asText()).isEqualTo("SecureString");
    assertThat(body.path("KeyId").asText()).isEqualTo("alias/leat");
    assertThat(body.path("Overwrite").asBoolean()).isTrue();
    assertThat(put.authorization())
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIDTEST/")
        .contains("/eu-central-1/ssm/aws4_request");
  }

  @Test
  void listsAllPagesBelowThePathWithoutDecryptingAnything() {
    for (int i = 0; i < 5; i++) {
      place("shop" + i, "hunter2");
    }
    try (CredentialStore other = open(Map.of("path", "/leat2"))) {
      other.put("shop", new Secret("hunter2"));
    }

    try (CredentialStore store = open()) {
      assertThat(store.list()).hasSize(5).allMatch(entry -> entry.changed().isPresent());
    }
    assertThat(server.requests())
        .filteredOn(request -> request.action().equals("GetParametersByPath"))
        .hasSize(3)
        .noneMatch(request -> request.body().path("WithDecryption").asBoolean());
  }

  @Test
  void triesAgainWhenItIsThrottledOrTheServiceFails() {
    place("shop", "hunter2");
    server.refuse(1, 400, "ThrottlingException");
    server.refuse(1, 500, "InternalServerError");

    try (CredentialStore store = open()) {
      assertThat(store.get("shop").map(Secret::reveal)).contains("hunter2");
    }
  }

  @Test
  void saysWhatAnAnswerMeansAndRepeatsNothingOfIt() {
    assertRefused(1, 400, "AccessDeniedException", ErrorCategory.AUTH, "does not allow");
    assertRefused(1, 400, "UnrecognizedClientException", ErrorCategory.AUTH, "login");
    assertRefused(1, 400, "ExpiredTokenException", ErrorCategory.AUTH, "login");
    assertRefused(1, 400, "InvalidKeyId", ErrorCategory.CONFIG, "InvalidKeyId");
    assertRefused(1, 400, "ValidationException", ErrorCategory.CONFIG, "ValidationException");
    assertRefused(9, 400, "ThrottlingException", ErrorCategory.TRANSIENT, "trying again");
  }

  private void assertRefused(
      int times, int status, String code, ErrorCategory category, String says) {
    server.refuse(times, status, code);
    try (CredentialStore store = open()) {
      assertThatThrownBy(() -> store.put("shop", new Secret("hunter2")))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> {
                assertThat(e.category()).isEqualTo(category);
                assertThat(e.message()).contains(says, "SSM parameters /leat/");
                assertThat(e.fix()).isNotEmpty();
                StringWriter all = new StringWriter();
                e.printStackTrace(new PrintWriter(all));
                assertThat(all.toString()).doesNotContain("hunter2", "not-a-secret");
              });
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    try (CredentialStore store = open(Map.of("endpoint", "http://127.0.0.1:1"))) {
      assertThatThrownBy(() -> store.get("shop"))
          .isInstanceOfSatisfying(
              LeatException.class,
              e -> assertThat(e.category()).isEqualTo(ErrorCategory.TRANSIENT));
    }
  }

  @Test
  void refusesWhatNoParameterTakesAndOptionsThatCannotBe() {
    try (CredentialStore store = open()) {
      assertThatThrownBy(() -> store.put("shop", new Secret("x".repeat(4097))))
          .isInstanceOf(LeatException.class)
          .hasMessageContaining("4096 bytes");
    }
    assertThatThrownBy(() -> open(Map.of("path", "leat"))).isInstanceOf(LeatException.class);
    assertThatThrownBy(() -> open(Map.of("endpoint", "localhost:4566")))
        .isInstanceOf(LeatException.class);
  }
}
