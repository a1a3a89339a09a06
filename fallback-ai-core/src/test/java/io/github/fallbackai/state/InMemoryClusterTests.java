// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

/** The store that other tests stand on keeps to the same contract as Redis. */
class InMemoryClusterTests extends ClusterStateStoreContract {

	private final InMemoryCluster cluster = new InMemoryCluster(System::nanoTime);

	@Override
	protected ClusterStateStore connect() {
		return this.cluster;
	}

}
