package dev.blastwall.transport;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of upstreams as the JVM does, but off the event loop: a name server that does
 * not answer keeps one virtual thread waiting and no session.
 */
final class OffLoopResolver extends AddressResolverGroup<InetSocketAddress> {

  static final OffLoopResolver INSTANCE = new OffLoopResolver();

  private OffLoopResolver() {}

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new Names(executor).asAddressResolver();
  }

  private interface Lookup<T> {
    T of(String name) throws UnknownHostException;
  }

  private static final class Names extends InetNameResolver {

    Names(EventExecutor executor) {
      super(executor);
    }

    @Override
    protected void doResolve(String name, Promise<InetAddress> promise) {
      resolve(name, promise, InetAddress::getByName);
    }

    @Override
    protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
      resolve(name, promise, all -> List.of(InetAddress.getAllByName(all)));
    }

    private static <T> void resolve(String name, Promise<T> promise, Lookup<T> lookup) {
      Thread.ofVirtual()
          .name("resolve ", 0)
          .start(() -> {
            try {
              promise.setSuccess(lookup.of(name));
            } catch (UnknownHostException e) {
              promise.setFailure(e);
            }
          });
    }
  }
}
