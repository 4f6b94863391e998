package dev.leat.flow.repository;

import java.util.Locale;

/** Which part of a medallion a dataset belongs to; its schema's name says it. */
public enum Layer {
  BRONZE,
  SILVER,
  GOLD,
  OTHER;

  public static Layer of(String schema) {
    return switch (schema.toLowerCase(Locale.ROOT)) {
      case "bronze" -> BRONZE;
      case "silver" -> SILVER;
      case "gold" -> GOLD;
      default -> OTHER;
    };
  }
}
