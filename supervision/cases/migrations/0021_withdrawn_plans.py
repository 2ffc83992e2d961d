from django.db import migrations
from django.db.models import Max, Q


def plans_withdrawn_so_far(apps, schema_editor):
    """A plan whose every version is withdrawn frees its year; one that was issued and stands does not.

    Cancelling the case of an issued plan used to free the year all the same: undone, unless another plan has it.
    """
    plans = apps.get_model('cases', 'AnnualPlan').objects.exclude(issued_at=None)
    versions = apps.get_model('cases', 'PlanVersion').objects
    entries = apps.get_model('publication', 'Entry').objects.filter(what='withdraw')
    for plan in plans.order_by('pk'):
        signed = versions.filter(plan=plan)
        gone = entries.filter(publication__in=signed.exclude(publication=None).values('publication'))
        stands = signed.filter(Q(publication=None) | ~Q(publication__in=gone.values('publication'))).exists()
        if not stands and plan.given_up_at is None:
            plan.given_up_at = gone.aggregate(at=Max('at'))['at']
        elif stands and plan.given_up_at is not None and not _others(plans.model, plan).exists():
            plan.given_up_at = None
        else:
            continue
        plan.save(update_fields=['given_up_at'])


def _others(model, plan):
    same = model.objects.filter(organization=plan.organization_id, year=plan.year, given_up_at=None)
    return same.exclude(pk=plan.pk)


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0020_change_returned'),
        ('publication', '0013_plan_line_gone'),
    ]

    operations = [migrations.RunPython(plans_withdrawn_so_far, migrations.RunPython.noop)]
