// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;

/**
 * Every name has one address, which may change.
 */
final class MovingHost extends AddressResolverGroup<InetSocketAddress> {

	private volatile InetAddress address;

	MovingHost(InetAddress address) {
		this.address = address;
	}

	void moveTo(InetAddress address) {
		this.address = address;
	}

	@Override
	protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
		return new InetNameResolver(executor) {

			@Override
			protected void doResolve(String name, Promise<InetAddress> promise) {
				promise.setSuccess(MovingHost.this.address);
			}

			@Override
			protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
				promise.setSuccess(List.of(MovingHost.this.address));
			}

		}.asAddressResolver();
	}

}
