package dev.leat.ssm;

import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.OptionValues;
import java.net.URI;
import java.util.Optional;

/**
 * What {@code [credentials]} says.
 *
 * @param path begins and ends with a slash
 */
record SsmSettings(
    String path, Optional<String> region, Optional<URI> endpoint, Optional<String> kmsKey) {

  static SsmSettings of(OptionValues options) {
    String path = options.optional(SsmConnector.PATH, String.class).orElse("/leat/");
    if (!path.matches("/([A-Za-z0-9_.-]+/)*([A-Za-z0-9_.-]+)?")) {
      throw new LeatException(
          SsmErrors.OPTION,
          "path of [credentials] is no path of parameters",
          "write it like \"/prod/leat/\"");
    }
    return new SsmSettings(
        path.endsWith("/") ? path : path + "/",
        options.optional(SsmConnector.REGION, String.class),
        options.optional(SsmConnector.ENDPOINT, String.class).map(SsmSettings::address),
        options.optional(SsmConnector.KMS_KEY, String.class));
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      if (address.getHost() != null
          && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Falls through to the one message for every bad address.
    }
    throw new LeatException(
        SsmErrors.OPTION,
        "endpoint of [credentials] is no address",
        "write it like \"https://ssm.eu-central-1.amazonaws.com\"");
  }

  String describe() {
    return "SSM parameters "
        + path
        + endpoint
            .map(address -> " at " + address.getScheme() + "://" + address.getAuthority())
            .orElseGet(() -> region.map(name -> " in " + name).orElse(""));
  }
}
