"""Groups, courses, meetings, action plans, evaluations, rules, pages and released figures.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.TIMESTAMP(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    op.create_table('cohort',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('programme', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('pilot', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort')),
    sa.UniqueConstraint('name', name=op.f('uq_cohort_name'))
    )
    op.create_table('groups',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_groups')),
    sa.UniqueConstraint('kind', 'name', name=op.f('uq_groups_kind_name'))
    )
    op.create_table('programme',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('imported_at', MOMENT, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme'))
    )
    op.create_table('action',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('cohort_id', sa.String(), nullable=True),
    sa.Column('body_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.Column('changed_at', MOMENT, nullable=False),
    sa.Column('conversation_id', sa.String(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('item', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_action_cohort_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_action_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action')),
    sa.UniqueConstraint('conversation_id', 'step', 'item', name=op.f('uq_action_conversation_id_step_item'))
    )
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_person_id'), ['person_id'], unique=False)

    op.create_table('cohort_group',
    sa.Column('cohort_id', sa.String(), nullable=False),
    sa.Column('group_id', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_group_cohort_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_cohort_group_group_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cohort_id', 'group_id', name=op.f('pk_cohort_group'))
    )
    with op.batch_alter_table('cohort_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cohort_group_group_id'), ['group_id'], unique=False)

    op.create_table('cohort_module',
    sa.Column('cohort_id', sa.String(), nullable=False),
    sa.Column('module', sa.String(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_module_cohort_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cohort_id', 'module', name=op.f('pk_cohort_module'))
    )
    op.create_table('feed',
    sa.Column('token_index', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('made_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feed_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_index', name=op.f('pk_feed')),
    sa.UniqueConstraint('person_id', name=op.f('uq_feed_person_id'))
    )
    op.create_table('meeting',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('group_id', sa.String(), nullable=False),
    sa.Column('cohort_id', sa.String(), nullable=True),
    sa.Column('module', sa.String(), nullable=False),
    sa.Column('convener_ref', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('starts_at', MOMENT, nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_meeting_cohort_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_meeting_group_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('group_id', 'cohort_id', 'module', name=op.f('uq_meeting_group_id_cohort_id_module'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_group_id'), ['group_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('group_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('substitute', sa.Boolean(), nullable=False),
    sa.Column('joined_at', MOMENT, nullable=False),
    sa.Column('left_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_membership_group_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('group_id', 'person_id', 'role', name=op.f('uq_membership_group_id_person_id_role'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_person_id'), ['person_id'], unique=False)

    op.create_table('page_link',
    sa.Column('token_index', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('page', sa.String(), nullable=False),
    sa.Column('expires_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_page_link_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_index', name=op.f('pk_page_link'))
    )
    with op.batch_alter_table('page_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_page_link_person_id'), ['person_id'], unique=False)

    op.create_table('participant',
    sa.Column('cohort_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('joined_at', MOMENT, nullable=False),
    sa.Column('left_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_participant_cohort_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_participant_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('cohort_id', 'person_id', name=op.f('pk_participant'))
    )
    with op.batch_alter_table('participant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_participant_person_id'), ['person_id'], unique=False)

    op.create_table('preference',
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('value', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_preference_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'key', name=op.f('pk_preference'))
    )
    op.create_table('rating',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('value_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('on_date', sa.Date(), nullable=False),
    sa.Column('conversation_id', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rating_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating')),
    sa.UniqueConstraint('person_id', 'subject', 'phase', 'item', name=op.f('uq_rating_person_id_subject_phase_item'))
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rating_subject_phase'), ['subject', 'phase'], unique=False)

    op.create_table('release',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('viewer_id', sa.String(), nullable=False),
    sa.Column('figure', sa.String(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('released_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['viewer_id'], ['person.id'], name=op.f('fk_release_viewer_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('viewer_id', 'figure', 'period', name=op.f('uq_release_viewer_id_figure_period'))
    )
    op.create_table('rule',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=True),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('changed_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rule_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule')),
    sa.UniqueConstraint('level', 'scope', 'kind', name=op.f('uq_rule_level_scope_kind'))
    )
    with op.batch_alter_table('rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rule_person_id'), ['person_id'], unique=False)

    op.create_table('visit',
    sa.Column('token_index', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('page', sa.String(), nullable=False),
    sa.Column('began_at', MOMENT, nullable=False),
    sa.Column('expires_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_visit_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('token_index', name=op.f('pk_visit'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_person_id'), ['person_id'], unique=False)

    op.create_table('meeting_time',
    sa.Column('id', sa.String(), nullable=False),
    sa.Column('meeting_id', sa.String(), nullable=False),
    sa.Column('starts_at', MOMENT, nullable=False),
    sa.Column('proposed_by_ref', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_time_meeting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_time')),
    sa.UniqueConstraint('meeting_id', 'starts_at', name=op.f('uq_meeting_time_meeting_id_starts_at'))
    )
    with op.batch_alter_table('meeting_time', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_time_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('release_contributor',
    sa.Column('release_id', sa.String(), nullable=False),
    sa.Column('contributor_index', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_contributor_release_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('release_id', 'contributor_index', name=op.f('pk_release_contributor'))
    )
    op.create_table('meeting_vote',
    sa.Column('time_id', sa.String(), nullable=False),
    sa.Column('person_id', sa.String(), nullable=False),
    sa.Column('fits', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_meeting_vote_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['time_id'], ['meeting_time.id'], name=op.f('fk_meeting_vote_time_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('time_id', 'person_id', name=op.f('pk_meeting_vote'))
    )
    with op.batch_alter_table('meeting_vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_vote_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_rule', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(), nullable=False, server_default='open'))

    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_ref', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_audit_by_ref'), ['by_ref'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_created_at_id'), ['created_at', 'id'], unique=False)

    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_cohort_id'), ['cohort_id'], unique=False)

    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_cohort_id'), ['cohort_id'], unique=False)

    with op.batch_alter_table('agreement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreement_pair_id'), ['pair_id'], unique=False)

    with op.batch_alter_table('cadence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cadence_pair_id'), ['pair_id'], unique=False)

    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_subject_id'), ['subject_id'], unique=False)
