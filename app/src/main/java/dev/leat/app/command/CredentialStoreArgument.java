package dev.leat.app.command;

import dev.leat.config.CredentialSection;
import dev.leat.spi.credential.CredentialStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The store that a command is about: that of a flow, or a person's own. */
final class CredentialStoreArgument {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @Option(
      names = "--flow",
      paramLabel = "FILE",
      description =
          "the flow whose [credentials] says where; flow.toml in the current folder by default, if"
              + " it is there")
  private @Nullable Path flow;

  CredentialStore open(CommandContext context) {
    CredentialSection section =
        file(context)
            .map(file -> FlowReader.credentials(file, context.surroundings()))
            .orElseGet(() -> FlowReader.usualCredentials(context.folder(), context.surroundings()));
    return section.open();
  }

  Optional<Path> flowFolder(CommandContext context) {
    return file(context).map(Path::getParent);
  }

  private Optional<Path> file(CommandContext context) {
    if (flow != null) {
      return Optional.of(context.resolve(flow));
    }
    return Optional.of(context.resolve(Path.of("flow.toml"))).filter(Files::exists);
  }

  /** What every answer in JSON says. */
  static Map<String, Object> facts(CredentialStore store, String name) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", true);
    json.put("store", store.describe());
    json.put("name", name);
    return json;
  }

  static String time(Instant at) {
    return TIME.format(at.atZone(ZoneId.systemDefault()));
  }
}
