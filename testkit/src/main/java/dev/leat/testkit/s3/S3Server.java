package dev.leat.testkit.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobProviderMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** S3Proxy over a folder, whose sub-folders are its buckets. */
public final class S3Server implements AutoCloseable {
  public static final String ACCESS_KEY = "leat-access";
  public static final String SECRET_KEY = "leat-secret";

  private final BlobStoreContext store;
  private final S3Proxy proxy;

  private S3Server(BlobStoreContext store, S3Proxy proxy) {
    this.store = store;
    this.proxy = proxy;
  }

  /** Starts a server at a free port of this machine, over a folder that may hold files already. */
  public static S3Server start(Path folder) throws IOException {
    return start(folder, ACCESS_KEY, SECRET_KEY);
  }

  /** As {@link #start(Path)}, with other keys. */
  public static S3Server start(Path folder, String accessKey, String secretKey) throws IOException {
    Files.createDirectories(folder);
    Properties properties = new Properties();
    properties.setProperty("jclouds.filesystem.basedir", folder.toAbsolutePath().toString());
    BlobStoreContext store =
        ContextBuilder.newBuilder(new FilesystemNio2BlobProviderMetadata())
            .credentials(accessKey, secretKey)
            .overrides(properties)
            .build(BlobStoreContext.class);
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(store.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
            // It refuses larger bodies that are signed as a whole by default.
            .v4MaxNonChunkedRequestSize(1L << 30)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      store.close();
      throw new IOException("the S3 server does not start", e);
    }
    return new S3Server(store, proxy);
  }

  /** What clients need to be told besides the keys; the bucket belongs into the path. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return proxy.getPort();
  }

  /** Makes a bucket, unless it is there. */
  public void createBucket(String name) {
    store.getBlobStore().createContainerInLocation(null, name);
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the S3 server does not stop", e);
    } finally {
      store.close();
    }
  }
}
