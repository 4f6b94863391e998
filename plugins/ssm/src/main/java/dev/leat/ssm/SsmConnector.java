package dev.leat.ssm;

import dev.leat.spi.credential.CredentialContext;
import dev.leat.spi.credential.CredentialStore;
import dev.leat.spi.credential.CredentialStoreConnector;
import dev.leat.spi.plugin.Option;
import dev.leat.spi.plugin.OptionType;
import dev.leat.spi.plugin.OptionValues;
import java.util.List;

/** Opens parameters below a path. Nothing is asked of AWS before the first question. */
final class SsmConnector implements CredentialStoreConnector {
  static final String PATH = "path";
  static final String REGION = "region";
  static final String ENDPOINT = "endpoint";
  static final String KMS_KEY = "kms_key";

  @Override
  public String type() {
    return "aws_ssm";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.optional(
            PATH,
            OptionType.STRING,
            "\"/leat/\"",
            "What the names of the parameters begin with; the secret shop_pg is /leat/shop_pg",
            "\"/prod/leat/\""),
        Option.optional(
            REGION,
            OptionType.STRING,
            "",
            "The region; by default AWS_REGION, or what ~/.aws/config says",
            "\"eu-central-1\""),
        Option.optional(
            ENDPOINT,
            OptionType.STRING,
            "",
            "Another address than that of AWS, such as a VPC endpoint",
            "\"http://localhost:4566\""),
        Option.optional(
            KMS_KEY,
            OptionType.STRING,
            "",
            "The KMS key for secrets that are put there; that of the account by default",
            "\"alias/leat\""));
  }

  @Override
  public CredentialStore open(CredentialContext context, OptionValues options) {
    return new SsmStore(SsmSettings.of(options));
  }
}
