package dev.leat.credentials;

import dev.leat.spi.credential.Credentials;
import dev.leat.spi.credential.EncryptedCredentialStore;
import dev.leat.spi.error.LeatException;
import dev.leat.spi.plugin.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Secrets in a vault, wherever that is. The key is asked for when it is first needed. */
final class SealedStore implements EncryptedCredentialStore {
  /** How often others may have been faster. */
  private static final int ATTEMPTS = 50;

  private final VaultMedium medium;
  private final KeySource keys;
  private final KeyDerivation.Cost cost;
  private final SecureRandom random = new SecureRandom();
  private @Nullable Unlocked unlocked;

  SealedStore(VaultMedium medium, KeySource keys, KeyDerivation.Cost cost) {
    this.medium = medium;
    this.keys = keys;
    this.cost = cost;
  }

  /** A key that was made, since making it takes time. */
  private record Unlocked(KeyDerivation derivation, Sealing sealing) {}

  @Override
  public String describe() {
    return medium.describe();
  }

  @Override
  public Optional<Secret> get(String name) {
    Credentials.requireName(name);
    Optional<Vault> vault = medium.read().map(this::vault);
    if (vault.isEmpty()) {
      return Optional.empty();
    }
    Sealing sealing = unlock(vault.get());
    Vault.Entry entry = vault.get().entries().get(name);
    return entry == null ? Optional.empty() : Optional.of(new Secret(open(sealing, name, entry)));
  }

  @Override
  public void put(String name, Secret value) {
    Credentials.requireName(name);
    String text = Credentials.requireValue(value);
    change(
        (sealing, entries) -> {
          Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
          String sealed = sealing.seal(Vault.entryContext(name, now), text);
          entries.put(name, new Vault.Entry(now, sealed));
          return true;
        });
  }

  @Override
  public List<Entry> list() {
    return medium.read().map(this::vault).stream()
        .flatMap(vault -> vault.entries().entrySet().stream())
        .map(entry -> new Entry(entry.getKey(), Optional.of(entry.getValue().changed())))
        .toList();
  }

  @Override
  public boolean delete(String name) {
    Credentials.requireName(name);
    if (medium.read().map(this::vault).filter(v -> v.entries().containsKey(name)).isEmpty()) {
      return false;
    }
    return change((_, entries) -> entries.remove(name) != null);
  }

  @Override
  public int rotate(Supplier<Secret> newKey) {
    Secret key = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<VaultMedium.Version> read = medium.read();
      if (read.isEmpty()) {
        throw new LeatException(
            Credentials.UNAVAILABLE,
            describe() + " has no secrets yet, so that there is nothing to encrypt again",
            "leat credentials set NAME");
      }
      Vault vault = vault(read.get());
      Sealing old = unlock(vault);
      if (key == null) {
        key = newKey.get();
        KeySource.requireLong(key);
      }
      KeyDerivation derivation = KeyDerivation.fresh(cost, random);
      Sealing sealing = new Sealing(derivation.derive(key), random);
      SortedMap<String, Vault.Entry> entries = new TreeMap<>();
      vault
          .entries()
          .forEach(
              (name, entry) ->
                  entries.put(
                      name,
                      new Vault.Entry(
                          entry.changed(),
                          sealing.seal(
                              Vault.entryContext(name, entry.changed()), open(old, name, entry)))));
      if (medium.replace(read, VaultJson.write(sealed(derivation, sealing, entries)))) {
        unlocked = new Unlocked(derivation, sealing);
        return entries.size();
      }
    }
    throw busy();
  }

  @Override
  public void close() {
    unlocked = null;
    medium.close();
  }

  @FunctionalInterface
  private interface Change {
    /** Whether there is anything to write. */
    boolean make(Sealing sealing, SortedMap<String, Vault.Entry> entries);
  }

  private boolean change(Change change) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<VaultMedium.Version> read = medium.read();
      SortedMap<String, Vault.Entry> entries = new TreeMap<>();
      if (read.isPresent()) {
        Vault vault = vault(read.get());
        Unlocked unused = unlocked(vault);
        entries.putAll(vault.entries());
      } else {
        makeKey();
      }
      Unlocked key = unlocked;
      if (key == null) {
        throw new IllegalStateException("unlocked without a key");
      }
      if (!change.make(key.sealing, entries)) {
        return false;
      }
      Vault vault = sealed(key.derivation, key.sealing, entries);
      if (medium.replace(read, VaultJson.write(vault))) {
        return true;
      }
    }
    throw busy();
  }

  private LeatException busy() {
    return new LeatException(
        Credentials.UNAVAILABLE,
        "others change %s again and again".formatted(describe()),
        "try again when they are done");
  }

  private static Vault sealed(
      KeyDerivation derivation, Sealing sealing, SortedMap<String, Vault.Entry> entries) {
    return new Vault(
        derivation,
        sealing.seal(Vault.checkContext(), ""),
        entries,
        sealing.seal(Vault.sealContext(entries), ""));
  }

  private Vault vault(VaultMedium.Version version) {
    return VaultJson.read(version.text(), describe());
  }

  private void makeKey() {
    if (unlocked == null) {
      KeySource.Key key = keys.key(describe(), true);
      KeyDerivation derivation = KeyDerivation.fresh(cost, random);
      unlocked = new Unlocked(derivation, new Sealing(derivation.derive(key.value()), random));
    }
  }

  private Sealing unlock(Vault vault) {
    return unlocked(vault).sealing;
  }

  /**
   * The key of a vault, whose whole is checked.
   *
   * @throws LeatException with code {@link Credentials#KEY_WRONG} or {@link Credentials#DAMAGED}
   */
  private Unlocked unlocked(Vault vault) {
    Unlocked key = unlocked;
    if (key == null || !key.derivation.equals(vault.derivation())) {
      KeySource.Key given = keys.key(describe(), false);
      key =
          new Unlocked(
              vault.derivation(), new Sealing(vault.derivation().derive(given.value()), random));
      if (key.sealing.open(Vault.checkContext(), vault.check()).isEmpty()) {
        throw new LeatException(
            Credentials.KEY_WRONG,
            "the key %s is not the one that %s is encrypted with"
                .formatted(given.origin(), describe()),
            "give the key that it was made with or rotated to; without it the secrets cannot be had"
                + " and have to be put into a new store");
      }
      unlocked = key;
    }
    if (key.sealing.open(Vault.sealContext(vault.entries()), vault.seal()).isEmpty()) {
      throw VaultJson.damaged(describe(), "was changed by something else than Leat", null);
    }
    return key;
  }

  private String open(Sealing sealing, String name, Vault.Entry entry) {
    return sealing
        .open(Vault.entryContext(name, entry.changed()), entry.sealed())
        .orElseThrow(
            () -> VaultJson.damaged(describe(), "was changed by something else than Leat", null));
  }
}
