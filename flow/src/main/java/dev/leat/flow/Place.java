package dev.leat.flow;

/**
 * Where something stands in the flow file.
 *
 * @param line from 1; 0 if it is not known
 * @param column from 1
 */
public record Place(int line, int column) {
  public static final Place UNKNOWN = new Place(0, 0);
}
