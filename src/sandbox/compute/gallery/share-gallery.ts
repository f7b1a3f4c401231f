import { ArmProblem } from '../../arm/problem.ts';
import { notImplemented } from '../../arm/problems.ts';
import { readBody } from '../../arm/read-body.ts';
import * as arm from '../../arm/resources.ts';
import type { ArmCall, Route } from '../../arm/route.ts';
import type { Answer } from '../../http/exchange.ts';
import { object, oneOf } from '../../shape.ts';
import type { World } from '../../world.ts';
import { notPlayed } from '../not-played.ts';
import { galleryType } from './gallery.ts';

const shape = object({
  operationType: oneOf('EnableCommunity', 'Reset', 'Add', 'Remove'),
  groups: notPlayed('galleries that are shared with single subscriptions'),
});

/** Shows a gallery to everybody, or takes it back. */
function share(call: ArmCall, world: World): Answer {
  const { operationType } = readBody(call, shape, 'compute');
  if (operationType === 'Add' || operationType === 'Remove')
    throw notImplemented('galleries that are shared with single subscriptions');
  const gallery = arm.requireResource(call, world, world.state.galleries, galleryType);
  if (operationType === 'EnableCommunity' && (gallery.permissions !== 'Community' || gallery.prefix === undefined))
    throw new ArmProblem(
      409,
      'OperationNotAllowed',
      `The gallery '${gallery.name}' was not created with sharing permission 'Community' and a public name prefix.`,
    );
  if (operationType === 'EnableCommunity') gallery.publicName = `${gallery.prefix}-${arm.guidFor(gallery.id)}`;
  else delete gallery.publicName;
  return { status: 200, body: { operationType } };
}

export const shareGalleryRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: `/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/${galleryType}/{name}/share`,
    family: 'galleries',
    answer: share,
  },
];
