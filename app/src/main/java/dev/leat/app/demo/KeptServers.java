package dev.leat.app.demo;

/**
 * The servers of a demo that go on after it.
 *
 * @param warehouse its address
 * @param bucket the folder that is served
 * @param send the command that puts a file into the bucket
 * @param stop the command that ends them
 */
record KeptServers(String warehouse, String bucket, String send, String stop) {}
